package AutoLoader;
# Subs loaded from files of their own when first called (perldoc AutoLoader).

use strict;
use 5.006_001;

our $VERSION = '5.74';
our $AUTOLOAD;

AUTOLOAD {
    my $sub  = $AUTOLOAD;
    autoload_sub($sub);
    goto &$sub;
}

# auto/Package/name.al below @INC.
sub find_filename {
    my ($sub) = @_;
    my ($package, $name) = $sub =~ /^(.*)::([^:]+)\z/s or return;
    $package =~ s{::}{/}g;
    # Beside the module's own file, if it is known where that came from.
    if (defined(my $file = $INC{"$package.pm"})) {
        $file =~ s{^(.*)\Q$package\E\.pm\z}{$1auto/$package/$name.al}s;
        return $file if $file =~ m{^(?:/|\./)} && -r $file or -r $file;
    }
    my $relative = "auto/$package/$name.al";
    $relative =~ s/'/::/g;
    return $relative;
}

sub autoload_sub {
    my ($sub) = @_;
    my $file = find_filename($sub);
    my $errno = $!;
    local ($@, $SIG{__DIE__});
    my $ok = eval { local ($!, $/) = ($!, "\n"); require $file; 1 };
    if (!$ok) {
        my $why = $@;
        # An object without DESTROY is nothing to complain of.
        if ($sub =~ /::DESTROY\z/) {
            no strict 'refs';
            *$sub = sub { };
        }
        else {
            # Names longer than some file systems take were cut.
            if ($file =~ s/(\w{12,})\.al\z/substr($1, 0, 11) . '.al'/e and eval { require $file; 1 }) { $! = $errno; return \&$sub }
            require Carp;
            $why =~ s/ at .*\n//;
            Carp::croak($why);
        }
    }
    $! = $errno;
    no strict 'refs';
    return \&$sub;
}

sub import {
    my $package = shift;
    my $target  = caller;
    if ($package eq 'AutoLoader') {
        no strict 'refs';
        *{"${target}::AUTOLOAD"} = \&AUTOLOAD if @_ and $_[0] =~ /^&?AUTOLOAD$/;
    }
    # The index declares the subs, so that they can be called without parentheses.
    (my $path = $target) =~ s{::}{/}g;
    if (defined(my $file = $INC{"$path.pm"})) {
        my $index = $file =~ s{^(.*)\Q$path\E\.pm\z}{$1auto/$path/autosplit.ix}sr;
        local ($@, $SIG{__DIE__});
        eval { require $index } if -r $index;
    }
}

sub unimport {
    my $target = caller;
    no strict 'refs';
    for my $name ('AUTOLOAD') {
        my $symbol = "${target}::$name";
        next unless \&$symbol == \&$name;
        # Only the code goes.
        my %keep = map { my $ref = *$symbol{$_}; $ref ? ($_ => $ref) : () } qw(SCALAR ARRAY HASH IO);
        delete ${"${target}::"}{$name};
        *$symbol = $_ for values %keep;
    }
}

1;
