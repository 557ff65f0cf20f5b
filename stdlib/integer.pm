package integer;
# Integer arithmetic in the enclosing block (perldoc integer).

our $VERSION  = '1.01';
our $hint_bits = 0x1;

sub import   { $^H |= $hint_bits }
sub unimport { $^H &= ~$hint_bits }

1;
