package sigtrap;
# Simple signal handlers from the `use` line (perldoc sigtrap).

use strict;
require Carp;

our $VERSION = '1.10';
our $Verbose = 0;

my %list = (
    'normal-signals'        => [qw(HUP INT PIPE TERM)],
    'error-signals'         => [qw(ABRT BUS EMT FPE ILL QUIT SEGV SYS TRAP)],
    'old-interface-signals' => [qw(ABRT BUS EMT FPE ILL PIPE QUIT SEGV SYS TERM TRAP)],
);

sub import {
    my $package = shift;
    my $handler = \&handler_traceback;
    my $caller  = caller;
    my ($installed, $untrapped) = (0, 0);

    while (@_) {
        my $word = shift;
        my @signals;
        if ($word =~ /^[A-Z][A-Z0-9]*$/) {
            $installed++;
            @signals = $word;
        }
        elsif ($list{$word}) {
            $installed++;
            # Signals this system does not have are passed over.
            @signals = grep exists $SIG{$_}, @{ $list{$word} };
        }
        elsif ($word eq 'untrapped')   { $untrapped = 1 }
        elsif ($word eq 'any')         { $untrapped = 0 }
        elsif ($word eq 'die')         { $handler = \&handler_die }
        elsif ($word eq 'stack-trace') { $handler = \&handler_traceback }
        elsif ($word eq 'handler') {
            @_ or Carp::croak("No argument specified after 'handler'");
            $handler = shift;
            # A plain name means a sub of the user, not of main.
            $handler = "${caller}::$handler"
                unless ref $handler or $handler eq 'IGNORE' or $handler eq 'DEFAULT' or $handler =~ /::|'/;
        }
        elsif ($word =~ /^\d/) {
            $VERSION >= $word or Carp::croak("sigtrap.pm version $word required, but this is only version $VERSION");
        }
        else { Carp::croak("Unrecognized argument $word") }

        for my $name (@signals) {
            next if $untrapped and $SIG{$name} and $SIG{$name} ne 'DEFAULT';
            print "Installing handler $handler for $name\n" if $Verbose;
            $SIG{$name} = $handler;
        }
    }
    if (!$installed) {
        @_ = ('old-interface-signals');
        unshift @_, $package;
        goto &import;
    }
}

sub handler_die {
    Carp::croak("Caught a SIG$_[0]");
}

# Prints by sysopen-free means: the process may be in a bad way.
sub handler_traceback {
    package DB;
    our @args;
    $SIG{ABRT} = 'DEFAULT';
    kill 'ABRT', $$ if $sigtrap::panic++;
    syswrite STDERR, "Caught a SIG$_[0]";
    my ($package, $file, $line) = caller;
    syswrite STDERR, " at $file line $line\n";
    my $i = 0;
    while (($package, $file, $line, my ($sub, $has_args, $want, $text, $required)) = caller ++$i) {
        my $list = '';
        if (defined $text) {
            $text =~ s/([\\'])/\\$1/g;
            $sub = ($required ? 'require' : 'eval') . " '$text'";
        }
        elsif ($sub eq '(eval)') { $sub = 'eval {...}' }
        if ($has_args) {
            my @shown = @args;
            for (@shown) {
                s/'/\\'/g;
                s/([^\0]*)/'$1'/ unless /^(?:undef|-?[\d.]+)\z/;
                s/([\200-\377])/sprintf 'M-%c', ord($1) & 127/eg;
                s/([\0-\37\177])/sprintf '^%c', ord($1) ^ 64/eg;
            }
            $list = '(' . join(', ', @shown) . ')';
        }
        my $call = sprintf "%s = %s%s called from %s line %d\n",
            $want ? '@' : '$', $sub, $list, $file eq '-e' ? $file : "file '$file'", $line;
        syswrite STDERR, $call;
    }
    kill 'ABRT', $$;
}

1;
