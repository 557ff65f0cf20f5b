package Tie::StdHandle;
# A tied handle that passes everything on to a real one (perldoc Tie::StdHandle).

use strict;
require Tie::Handle;

our $VERSION = '4.6';
our @ISA     = ('Tie::Handle');

sub TIEHANDLE {
    my $class  = shift;
    my $handle = \do { no strict 'refs'; local *HANDLE };
    bless $handle, $class;
    $handle->OPEN(@_) if @_;
    return $handle;
}

sub EOF      { eof $_[0] }
sub TELL     { tell $_[0] }
sub FILENO   { fileno $_[0] }
sub SEEK     { seek $_[0], $_[1], $_[2] }
sub CLOSE    { close $_[0] }
sub BINMODE  { @_ > 1 ? binmode $_[0], $_[1] : binmode $_[0] }
sub GETC     { getc $_[0] }
sub READ     { &CORE::read(shift, \shift, @_) }

sub OPEN {
    my $self = shift;
    $self->CLOSE if defined $self->FILENO;
    return @_ == 1 ? open($self, $_[0]) : open($self, $_[0], @_[1 .. $#_]);
}

sub READLINE { my $handle = $_[0]; return <$handle> }

sub WRITE {
    my $handle = $_[0];
    local $\;
    return print $handle substr $_[1], $_[3] || 0, $_[2];
}

1;
