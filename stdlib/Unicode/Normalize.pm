package Unicode::Normalize;
# Normalization forms (perldoc Unicode::Normalize). Native: the forms C, D, KC, KD and FCC, their parts and
# checks, and the character data.

use strict;
use warnings;
use Carp ();
require Exporter;
require XSLoader;

our $VERSION = '1.31';
our @ISA     = ('Exporter');
our @EXPORT  = qw(NFC NFD NFKC NFKD);

my @normalize = qw(normalize decompose reorder compose checkNFD checkNFKD checkNFC checkNFKC check);
my @data      = qw(getCanon getCompat getComposite getCombinClass isExclusion isSingleton isNonStDecomp isComp2nd
    isComp_Ex isNFD_NO isNFC_NO isNFC_MAYBE isNFKD_NO isNFKC_NO isNFKC_MAYBE);
my @fast      = qw(FCD checkFCD FCC checkFCC composeContiguous splitOnLastStarter normalize_partial
    NFC_partial NFD_partial NFKC_partial NFKD_partial);
our @EXPORT_OK   = (@normalize, @data, @fast);
our %EXPORT_TAGS = (
    all => [@EXPORT, @EXPORT_OK], normalize => [@EXPORT, qw(normalize decompose reorder compose)],
    check => [qw(checkNFD checkNFKD checkNFC checkNFKC check)],
    fast => [@fast[0 .. 4]],
);

XSLoader::load('Unicode::Normalize', $VERSION);

sub FCD ($) { my ($text) = @_; return checkFCD($text) ? $text : NFD($text) }

my %form = (C => \&NFC, D => \&NFD, KC => \&NFKC, KD => \&NFKD, FCD => \&FCD, FCC => \&FCC);
my %test = (
    C => \&checkNFC, D => \&checkNFD, KC => \&checkNFKC, KD => \&checkNFKD, FCD => \&checkFCD, FCC => \&checkFCC,
);

# A form's function by its name, the NF of which may be left out.
sub _named {
    my ($function, $table, $name) = @_;
    (my $short = $name) =~ s/^NF//;
    return $table->{$short} || Carp::croak("Unicode::Normalize::$function: invalid form name: $name");
}

sub normalize ($$) { my ($name, $text) = @_; return _named('normalize', \%form, $name)->($text) }
sub check ($$)     { my ($name, $text) = @_; return _named('check',     \%test, $name)->($text) }

# What more text cannot change is given back; the rest stays.
sub normalize_partial ($$) {
    my ($name) = @_;
    my ($done, $rest) = splitOnLastStarter(_named('normalize_partial', \%form, $name)->($_[1]));
    $_[1] = $rest;
    return $done;
}
sub NFC_partial ($)  { return normalize_partial('NFC',  $_[0]) }
sub NFD_partial ($)  { return normalize_partial('NFD',  $_[0]) }
sub NFKC_partial ($) { return normalize_partial('NFKC', $_[0]) }
sub NFKD_partial ($) { return normalize_partial('NFKD', $_[0]) }

1;
