package Snippet;
# Runs a piece of Perl in a process of its own, under the interpreter that runs the test.
use strict;
use warnings;
use Exporter 'import';
our @EXPORT = qw(snippet temp_path);

my $serial = 0;

# A name for a file of this test that nothing else uses.
sub temp_path {
    my ($name) = @_;
    my $dir = defined $ENV{TMPDIR} ? $ENV{TMPDIR} : '/tmp';
    return "$dir/" . ($name || 'file') . ".$$." . $serial++;
}

sub _slurp {
    my ($path) = @_;
    open(my $fh, '<', $path) or die "cannot read $path: $!";
    binmode $fh;
    local $/;
    my $text = <$fh>;
    close $fh;
    unlink $path;
    return defined $text ? $text : '';
}

# snippet($code, switches => [...], args => [...], stdin => 'text', env => {...}, before => sub {...})
# gives a hash with out, err, status ($? of the process).
sub snippet {
    my ($code, %how) = @_;
    my ($in, $out, $err) = map { temp_path($_) } qw(in out err);
    open(my $fh, '>', $in) or die "cannot write $in: $!";
    print $fh defined $how{stdin} ? $how{stdin} : '';
    close $fh or die;
    my $pid = fork();
    die "cannot fork: $!" unless defined $pid;
    if (!$pid) {
        open(STDIN, '<', $in) or die;
        open(STDOUT, '>', $out) or die;
        open(STDERR, '>', $err) or die;
        if ($how{env}) { $ENV{$_} = $how{env}{$_} for keys %{ $how{env} } }
        $how{before}->() if $how{before};
        exec $^X, @{ $how{switches} || [] }, '-e', $code, @{ $how{args} || [] };
        die "cannot exec $^X: $!";
    }
    waitpid($pid, 0);
    my $status = $?;
    unlink $in;
    return { out => _slurp($out), err => _slurp($err), status => $status };
}

1;
