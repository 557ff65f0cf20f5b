package Scene;
# What the scenes around the blocks of perlipc share: a peer that is no child of the program's,
# and waiting for a thing to become true.
use strict;
use warnings;
use Exporter 'import';
our @EXPORT = qw(peer until_true say_now);

# Writes at once, whatever is buffered.
sub say_now { my $text = join('', @_) . "\n"; syswrite(STDOUT, $text); return }

# Runs the code in a process that is not our child; gives its process id.
sub peer {
    my ($code) = @_;
    pipe(my $r, my $w) or die "pipe: $!";
    my $pid = fork();
    die "fork: $!" unless defined $pid;
    if (!$pid) {
        my $grandchild = fork();
        if (!$grandchild) {
            close $r;
            close $w;
            alarm 15;
            eval { $code->(); 1 } or say_now("peer died: $@");
            kill KILL => $$;
        }
        syswrite($w, "$grandchild\n");
        kill KILL => $$;
    }
    close $w;
    my $peer = <$r>;
    waitpid($pid, 0);
    chomp $peer;
    $? = 0;
    return $peer =~ /^(\d+)$/ ? $1 : die "no peer";
}

# Asks every hundredth of a second until the answer is true; dies after some ten seconds.
sub until_true {
    my ($question) = @_;
    for (1 .. 1000) {
        my $answer = $question->();
        return $answer if $answer;
        select(undef, undef, undef, 0.01);
    }
    die "it never became true";
}

1;
