package IO::File;
# Files as objects (perldoc IO::File). Native: new_tmpfile.

use 5.008_001;
use strict;
use Symbol ();
require SelectSaver;
use IO::Seekable;
require IO::Handle;
require Exporter;
require Fcntl;

our $VERSION = '1.48';
our @ISA     = qw(IO::Handle IO::Seekable Exporter);
our @EXPORT  = @IO::Seekable::EXPORT;

# The O_ constants travel along.
{
    my @names = grep /^O_/, @Fcntl::EXPORT;
    Fcntl->import(grep { no strict 'refs'; defined &{"Fcntl::$_"} } @names);
    push @EXPORT, @names;
}

sub new {
    my $type  = shift;
    my $class = ref $type || $type || 'IO::File';
    if (@_ > 3) {
        require Carp;
        Carp::croak("usage: $class->new([FILENAME [,MODE [,PERMS]]])");
    }
    my $io = $class->SUPER::new();
    if (@_) { $io->open(@_) or return undef }
    return $io;
}

sub open {
    if (@_ < 2 or @_ > 4) {
        require Carp;
        Carp::croak('usage: $io->open(FILENAME [,MODE [,PERMS]])');
    }
    my ($io, $file, $mode, $perms) = @_;
    if (@_ > 2) {
        if ($mode =~ /^\d+$/) {
            return sysopen $io, $file, $mode, defined $perms ? $perms : 0666;
        }
        if ($mode =~ /:/) {
            return open $io, $mode, $file if @_ == 3;
            require Carp;
            Carp::croak('usage: $io->open(FILENAME, IOLAYERS)');
        }
        return open $io, IO::Handle::_open_mode_string($mode), $file;
    }
    return open $io, $file;
}

sub binmode {
    if (@_ != 1 and @_ != 2) {
        require Carp;
        Carp::croak('usage $io->binmode([LAYER])');
    }
    my ($io, $layer) = @_;
    return defined $layer ? binmode $io, $layer : binmode $io;
}

1;
