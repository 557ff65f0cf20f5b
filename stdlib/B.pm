package B;
# The little of perl's insides that programs ask for: names of subs, flags of scalars, quoting
# (perldoc B). There is no op tree. Native, each optional: _flags(ref) giving SVf_ bits,
# _location(code) giving (file, line), _refcount(ref).

use strict;
require Exporter;

our $VERSION   = '1.83';
our @ISA       = ('Exporter');
our @EXPORT_OK = qw(svref_2object perlstring cstring cchar hash class main_cv main_root main_start sub_generation
    ppname opnumber walkoptree walkoptree_slow walkoptree_exec walksymtable parents comppadlist sv_undef sv_yes
    sv_no safename minus_c begin_av init_av check_av end_av regex_padav
    SVf_IOK SVf_NOK SVf_POK SVf_ROK SVp_IOK SVp_NOK SVp_POK SVf_READONLY SVf_PROTECT SVs_RMG SVf_IVisUV SVf_FAKE
    CVf_ANON CVf_LVALUE CVf_METHOD CVf_CONST CVf_ISXSUB GVf_IMPORTED_CV PMf_ONCE OPf_KIDS);

eval { require XSLoader; XSLoader::load('B::Native', $VERSION) };

use constant {
    SVf_IOK => 0x100, SVf_NOK => 0x200, SVf_POK => 0x400, SVf_ROK => 0x800,
    SVp_IOK => 0x1000, SVp_NOK => 0x2000, SVp_POK => 0x4000, SVf_READONLY => 0x08000000, SVf_PROTECT => 0x10000,
    SVs_RMG => 0x800000, SVf_IVisUV => 0x80000000, SVf_FAKE => 0x01000000, SVf_UTF8 => 0x20000000,
    CVf_ANON => 0x80, CVf_LVALUE => 0x2, CVf_METHOD => 0x1, CVf_CONST => 0x4, CVf_ISXSUB => 0x8,
    GVf_IMPORTED_CV => 0x80, PMf_ONCE => 0x10000, OPf_KIDS => 4,
};

sub sub_generation { 1 }
sub sv_undef { return svref_2object(\undef) }
sub sv_yes   { return svref_2object(\!!1) }
sub sv_no    { return svref_2object(\!!0) }
sub class    { my ($object) = @_; my $name = ref $object; $name =~ s/^.*:://; return $name }

# Objects are the references they are about.
sub svref_2object {
    my ($ref) = @_;
    ref $ref or do { require Carp; Carp::croak('argument is not a reference') };
    require Scalar::Util;
    my $type  = Scalar::Util::reftype($ref);
    my $class = $type eq 'CODE' ? 'B::CV' : $type eq 'ARRAY' ? 'B::AV' : $type eq 'HASH' ? 'B::HV'
        : $type eq 'GLOB' ? 'B::GV' : $type eq 'REGEXP' ? 'B::REGEXP' : $type eq 'IO' ? 'B::IO'
        : _scalar_class($ref);
    return bless \$ref, $class;
}

sub _scalar_class {
    my ($ref) = @_;
    return 'B::IV' if ref $$ref;
    my $flags = _scalar_flags($ref);
    return $flags & SVf_POK ? $flags & SVf_NOK ? 'B::PVNV' : $flags & SVf_IOK ? 'B::PVIV' : 'B::PV'
        : $flags & SVf_NOK ? 'B::NV' : $flags & SVf_IOK ? 'B::IV' : 'B::NULL';
}

sub _scalar_flags {
    my ($ref) = @_;
    return _flags($ref) if defined &_flags;
    my $value = $$ref;
    return 0 unless defined $value;
    return SVf_ROK if ref $value;
    no warnings 'experimental::builtin';
    if (builtin::created_as_number($value)) {
        return $value =~ /\A-?[0-9]+\z/ ? SVf_IOK | SVp_IOK : SVf_NOK | SVp_NOK;
    }
    my $flags = SVf_POK | SVp_POK;
    $flags |= SVf_IOK | SVp_IOK | SVf_NOK | SVp_NOK if builtin::is_bool($value);
    $flags |= SVf_UTF8 if utf8::is_utf8($value);
    return $flags;
}

# A string as Perl, and as C, would write it.
my %backslash = ("\n" => '\n', "\r" => '\r', "\t" => '\t', "\a" => '\a', "\b" => '\b', "\f" => '\f', "\e" => '\e', '"' => '\"', '\\' => '\\\\');

sub perlstring {
    my ($text) = @_;
    return '0' unless defined $text;
    my $wide = utf8::is_utf8($text);
    $text =~ s/(["\\\$\@])/\\$1/g;
    $text =~ s/([\n\r\t\a\x08\f\e])/$backslash{$1}/g;
    $text =~ s/([^ -~])/$wide && ord $1 > 127 ? sprintf('\x{%x}', ord $1) : sprintf('\%03o', ord $1)/ge;
    return "\"$text\"";
}

sub cstring {
    my ($text) = @_;
    return '0' unless defined $text;
    utf8::encode($text) if utf8::is_utf8($text);
    $text =~ s/(["\\])/\\$1/g;
    $text =~ s/([\n\r\t\a\x08\f])/$backslash{$1}/g;
    $text =~ s/\x0b/\\v/g;
    $text =~ s/([^ -~])/sprintf '\%03o', ord $1/ge;
    $text =~ s/\?\?/?\\?/g;
    return "\"$text\"";
}

sub cchar {
    my ($text) = @_;
    my $c = substr $text, 0, 1;
    $c = $c eq "'" ? "\\'" : $c eq '"' ? '"' : substr cstring($c), 1, -1;
    return "'$c'";
}

sub safename {
    my ($name) = @_;
    return '' unless defined $name;
    $name =~ s/^\^X/\^X/;
    $name =~ s/^([\cA-\cZ\c\\c[\c]\c_\c^])/'^' . chr(64 ^ ord $1)/e;
    return $name;
}

sub main_cv { return bless \(my $none), 'B::CV' }

package B::OBJECT;

package B::SV;
our @ISA = ('B::OBJECT');

sub object_2svref { return ${ $_[0] } }
sub REFCNT  { my ($self) = @_; return defined &B::_refcount ? B::_refcount($$self) : 1 }
sub FLAGS   { my ($self) = @_; return B::_scalar_flags($$self) }
sub MAGICAL { 0 }
sub ROK     { my ($self) = @_; return ref ${$$self} ? 1 : 0 }
sub RV      { my ($self) = @_; return B::svref_2object(${$$self}) }
sub SvSTASH { my ($self) = @_; require Scalar::Util; return bless \(my $name = Scalar::Util::blessed($$self)), 'B::HV::Name' }

package B::IV;
our @ISA = ('B::SV');
sub IV        { my ($self) = @_; return int ${$$self} }
sub IVX       { my ($self) = @_; return int ${$$self} }
sub int_value { my ($self) = @_; return int ${$$self} }
sub NV        { my ($self) = @_; return 0 + ${$$self} }
sub NVX       { my ($self) = @_; return 0 + ${$$self} }

package B::NV;
our @ISA = ('B::IV');

package B::PV;
our @ISA = ('B::IV');
sub PV        { my ($self) = @_; my $value = ${$$self}; return defined $value ? "$value" : undef }
sub PVX       { my ($self) = @_; return "${$$self}" }
sub as_string { my ($self) = @_; return "${$$self}" }
sub CUR       { my ($self) = @_; my $text = "${$$self}"; utf8::encode($text) if utf8::is_utf8($text); return length $text }
sub LEN       { my ($self) = @_; return $self->CUR + 1 }

package B::PVIV;
our @ISA = ('B::PV');
package B::PVNV;
our @ISA = ('B::PV');
package B::PVMG;
our @ISA = ('B::PV');
package B::NULL;
our @ISA = ('B::SV');
package B::SPECIAL;
our @ISA = ('B::OBJECT');
package B::REGEXP;
our @ISA = ('B::PV');
sub FLAGS { 0 }

package B::AV;
our @ISA = ('B::SV');
sub FLAGS { 0 }
sub FILL  { my ($self) = @_; return $#{$$self} }
sub ARRAY { my ($self) = @_; return map B::svref_2object(\$_), @{$$self} }

package B::HV;
our @ISA = ('B::SV');
sub FLAGS { 0 }
sub KEYS  { my ($self) = @_; return scalar keys %{$$self} }
sub NAME  { my ($self) = @_; return undef }
sub ARRAY { my ($self) = @_; return map { ($_, B::svref_2object(\$$self->{$_})) } keys %{$$self} }

# A stash known by its name.
package B::HV::Name;
our @ISA = ('B::HV');
sub NAME     { my ($self) = @_; return $$self }
sub isa_NULL { 0 }

package B::GV;
our @ISA = ('B::SV');
sub FLAGS    { 0 }
sub GvFLAGS  { 0 }
sub GPFLAGS  { 0 }
sub NAME     { my ($self) = @_; return *{$$self}{NAME} }
sub SAFENAME { my ($self) = @_; return B::safename($self->NAME) }
sub STASH    { my ($self) = @_; return bless \(my $name = *{$$self}{PACKAGE}), 'B::HV::Name' }
sub is_empty { 0 }
sub isGV_with_GP { 1 }
sub SV { my ($self) = @_; return B::svref_2object(*{$$self}{SCALAR}) }
sub AV { my ($self) = @_; my $ref = *{$$self}{ARRAY}; return $ref ? B::svref_2object($ref) : bless \(my $i = 0), 'B::SPECIAL' }
sub HV { my ($self) = @_; my $ref = *{$$self}{HASH};  return $ref ? B::svref_2object($ref) : bless \(my $i = 0), 'B::SPECIAL' }
sub CV { my ($self) = @_; my $ref = *{$$self}{CODE};  return $ref ? B::svref_2object($ref) : bless \(my $i = 0), 'B::SPECIAL' }
sub LINE { 0 }
sub FILE { '' }

# The glob of a sub, known by the sub's full name.
package B::GV::OfCode;
our @ISA = ('B::GV');
sub _parts { my ($self) = @_; return $$self->{name} =~ /^(.*)::(.*)\z/s ? ($1, $2) : ('main', $$self->{name}) }
sub NAME   { my ($self) = @_; return ($self->_parts)[1] }
sub STASH  { my ($self) = @_; return bless \(my $name = ($self->_parts)[0]), 'B::HV::Name' }
sub LINE   { my ($self) = @_; return ($$self->{at} || [])->[1] }
sub FILE   { my ($self) = @_; return ($$self->{at} || [])->[0] }
sub object_2svref { my ($self) = @_; no strict 'refs'; return \*{ $$self->{name} } }

package B::CV;
our @ISA = ('B::SV');

sub _name {
    my ($self) = @_;
    require Sub::Util;
    return Sub::Util::subname($$self);
}

sub GV {
    my ($self) = @_;
    my $code = $$self;
    return bless \{ name => $self->_name, at => defined &B::_location ? [B::_location($code)] : undef }, 'B::GV::OfCode';
}
sub STASH   { my ($self) = @_; return $self->GV->STASH }
sub NAME_HEK { undef }
sub FILE    { my ($self) = @_; return defined &B::_location ? (B::_location($$self))[0] : undef }
sub START   { my ($self) = @_; return bless \(my $copy = $self), 'B::COP' }
sub ROOT    { my ($self) = @_; return bless \(my $copy = $self), defined &{$$self} ? 'B::OP' : 'B::NULL' }
sub XSUB    { 0 }
sub XSUBANY { 0 }
sub DEPTH   { 0 }
sub PADLIST { bless \(my $i = 0), 'B::SPECIAL' }
sub OUTSIDE { bless \(my $i = 0), 'B::SPECIAL' }
sub CvFLAGS { my ($self) = @_; return $self->_name =~ /::__ANON__\z/ ? B::CVf_ANON() : 0 }
sub FLAGS   { 0 }
sub const_sv { bless \(my $i = 0), 'B::SPECIAL' }
sub PV      { my ($self) = @_; return prototype $$self }

# Where a sub begins, for those who ask START->line.
package B::OP;
our @ISA = ('B::OBJECT');
sub name { 'null' }
sub isa_null { 1 }
package B::COP;
our @ISA = ('B::OP');
sub line { my ($self) = @_; return $$self->GV->LINE }
sub file { my ($self) = @_; return $$self->FILE }
sub stashpv { my ($self) = @_; return $$self->STASH->NAME }

1;
