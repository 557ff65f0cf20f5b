package utf8;
# Says that the source is UTF-8 (perldoc utf8). The functions of this package are built in.

our $VERSION  = '1.24';
our $hint_bits = 0x00800000;

sub import   { $^H |= $hint_bits }
sub unimport { $^H &= ~$hint_bits }

sub AUTOLOAD {
    require Carp;
    Carp::croak("Undefined subroutine $utf8::AUTOLOAD called");
}

1;
