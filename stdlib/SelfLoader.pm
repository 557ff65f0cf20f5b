package SelfLoader;
# Subs compiled from behind __DATA__ when first called (perldoc SelfLoader).

use 5.008;
use strict;
require Exporter;

our $VERSION = '1.26';
our @ISA     = ('Exporter');
our @EXPORT  = ('AUTOLOAD');
our $AUTOLOAD;
sub Version { $VERSION }
sub DEBUG () { 0 }

my %text;    # full name => source

AUTOLOAD {
    our $AUTOLOAD;
    my $sub = $AUTOLOAD;
    my $errno = $!;
    if (!exists $text{$sub}) {
        my ($package) = $sub =~ /^(.*)::/s;
        {
            no strict 'refs';
            SelfLoader->_load_stubs($package) if defined fileno *{"${package}::DATA"};
        }
        if (!exists $text{$sub} or !length $text{$sub}) {
            return if $sub =~ /::DESTROY\z/;
            require Carp;
            Carp::croak("Undefined subroutine $sub");
        }
    }
    my $source = $text{$sub};
    {
        local $@;
        no strict;
        no warnings;
        eval $source;
        if ($@) { require Carp; Carp::croak($@) }
    }
    delete $text{$sub};
    $! = $errno;
    goto &$sub;
}

sub load_stubs { shift->_load_stubs(scalar caller) }

sub _load_stubs {
    my ($self, $package) = @_;
    no strict 'refs';
    my $handle = \*{"${package}::DATA"};
    defined fileno $handle or do { require Carp; Carp::croak("$package doesn't contain an __DATA__ token") };
    # Each process reads for itself.
    open my $dup, '<&', fileno $handle or do { require Carp; Carp::croak("reopen: $!") };
    seek $dup, tell $handle, 0 or do { require Carp; Carp::croak("seek: $!") };
    close $handle;
    my ($current, $name, $prototype, @lines) = ($package);
    my @declare;
    local $/ = "\n";
    my $finish = sub {
        return unless defined $name;
        $text{$name} = join '', "package $current; ", @lines;
        push @declare, $name . (defined $prototype ? "($prototype)" : '');
        undef $name;
        @lines = ();
    };
    my $in_pod;
    while (defined(my $line = <$dup>)) {
        last if $line =~ /^__END__/;
        $in_pod = $1 ne 'cut' if $line =~ /^=(\w+)/;
        if (!$in_pod and $line =~ /^\s*sub\s+([\w:]+)\s*((?:\([\\\$\@\%\&\*\;]*\))?)/) {
            my ($found, $proto) = ($1, $2);
            $finish->();
            $name = $found =~ /::/ ? $found : "${current}::$found";
            $prototype = length $proto ? substr($proto, 1, -1) : undef;
            @lines = ($line);
        }
        elsif (!$in_pod and $line =~ /^package\s+([\w:]+)/) {
            $finish->();
            $current = $1;
            no warnings 'once';
            *{"${current}::AUTOLOAD"} = \&AUTOLOAD unless defined &{"${current}::AUTOLOAD"};
        }
        else { push @lines, $line }
    }
    $finish->();
    close $dup;
    eval join('', map "sub $_;", @declare) . '1' or die $@ if @declare;
    return;
}

1;
