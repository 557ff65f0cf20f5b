package IO::Dir;
# Directory handles as objects, and directories as tied hashes (perldoc IO::Dir).

use 5.008_003;
use strict;
use Symbol ();
require Exporter;
require IO::File;
require Tie::Hash;
require File::stat;
require File::Spec;

our $VERSION   = '1.49';
our @ISA       = qw(Tie::Hash Exporter);
our @EXPORT_OK = qw(DIR_UNLINK);

sub DIR_UNLINK () { 1 }

sub _usage { require Carp; Carp::croak("usage: $_[0]") }

sub new {
    @_ >= 1 && @_ <= 2 or _usage('IO::Dir->new([DIRNAME])');
    my $class = shift;
    my $handle = bless Symbol::gensym(), $class;
    if (@_) { IO::Dir::open($handle, $_[0]) or return undef }
    return $handle;
}

sub DESTROY {
    my ($handle) = @_;
    local ($., $@, $!, $^E, $?);
    no warnings 'io';
    closedir $handle;
}

sub open {
    @_ == 2 or _usage('$dh->open(DIRNAME)');
    my ($handle, $name) = @_;
    return undef unless opendir $handle, $name;
    # The tied form needs the path again.
    ${*$handle}{io_dir_path} = File::Spec->rel2abs($name);
    return 1;
}

sub close {
    @_ == 1 or _usage('$dh->close()');
    return closedir $_[0];
}

sub read {
    @_ == 1 or _usage('$dh->read()');
    return readdir $_[0];
}

sub seek {
    @_ == 2 or _usage('$dh->seek(POS)');
    return seekdir $_[0], $_[1];
}

sub tell {
    @_ == 1 or _usage('$dh->tell()');
    return telldir $_[0];
}

sub rewind {
    @_ == 1 or _usage('$dh->rewind()');
    return rewinddir $_[0];
}

sub TIEHASH {
    my ($class, $dir, $options) = @_;
    my $handle = $class->new($dir) or return undef;
    ${*$handle}{io_dir_unlink} = ($options ||= 0) & DIR_UNLINK;
    return $handle;
}

sub FIRSTKEY {
    my ($handle) = @_;
    $handle->rewind;
    return scalar $handle->read;
}

sub NEXTKEY { my ($handle) = @_; return scalar $handle->read }

sub _path { my ($handle, $name) = @_; return File::Spec->catfile(${*$handle}{io_dir_path}, $name) }

sub EXISTS { my ($handle, $name) = @_; return -e $handle->_path($name) }

sub FETCH { my ($handle, $name) = @_; return File::stat::lstat($handle->_path($name)) }

sub STORE {
    my ($handle, $name, $times) = @_;
    my ($atime, $mtime) = ref $times ? @$times : ($times, $times);
    my $file = $handle->_path($name);
    if (!-f $file) {
        my $io = IO::File->new($file, O_CREAT() | O_RDWR()) or return undef;
        $io->close;
    }
    return utime $atime, $mtime, $file;
}

sub O_CREAT () { Fcntl::O_CREAT() }
sub O_RDWR ()  { Fcntl::O_RDWR() }

sub DELETE {
    my ($handle, $name) = @_;
    my $file = $handle->_path($name);
    return 0 unless -e $file or -l $file;
    return 0 unless ${*$handle}{io_dir_unlink};
    return -d $file && !-l $file ? rmdir $file : unlink $file;
}

1;
