# Texts that a parser gets wrong easily: here-documents behind blanks, labels called x, the end of a text said in full,
# files that begin in the package of who asked for them.
use strict;
use warnings;
use Test::More;
my $v = eval << "EOC" or die $@;
5+
1;
EOC
is($v, 6, 'eval << "EOC"');
is(<< 'A' . 'b', "x\nb", '<< with a blank');
x
A
sub jumps { my $n = 0; x: $n++; goto x if $n < 3; return $n }
is(jumps(), 3, 'a label called x');
my $file = "easily_wrong_$$.pl";
open my $out, '>', $file or die $!;
print $out "sub from_file { __PACKAGE__ } 1;\n";
close $out;
{ package Asking; require "./$file"; }
ok(defined &Asking::from_file, 'a required file begins in the package of who asked');
is(Asking::from_file(), 'Asking');
unlink $file;
sub TIESCALAR { bless [] }
sub FETCH { 'tied' }
tie my $tied, '';
is($tied, 'tied', 'the empty class is main');
untie $tied;
{ package Auto; our $AUTOLOAD; sub AUTOLOAD { return if $AUTOLOAD =~ /DESTROY/; return $AUTOLOAD =~ /TIESCALAR/ ? bless [] : "auto" } }
tie my $auto, 'Auto';
is($auto, 'auto', 'tie asks AUTOLOAD');
{ package Parent::Here; our @ISA; package main; BEGIN { ok(scalar(keys %Parent::Here::), 'a declared variable is in its package at once') } }
ok(defined &DynaLoader::boot_DynaLoader, 'modules can be loaded');
ok('PerlIO::Layer'->find('utf8') && !'PerlIO::Layer'->find('bogus'), 'layers by name');
my $out_of_n = do {
    open my $fh, '>', $file or die $!;
    print $fh "BEGIN { *ARGV = *DATA }\nprint \"got \$_\";\n__DATA__\na\nb\n";
    close $fh;
    my $got = qx{"$^X" -n $file};
    unlink $file;
    $got;
};
is($out_of_n, "got a\ngot b\n", '-n and __DATA__');
{
    # an indirect object takes no subscript: what looks like one is the first argument
    no strict 'vars';
    local $_ = bless [], 'Asked';
    sub Asked::about { return "$_[1][0]" }
    is(eval 'about $_[3]', 3, 'method $object[..]');
}
{
    # ${name[..]} is an element outside strings too
    my @out = (1, 2, [5]);
    my %of  = (a => 1);
    sub boxed { return \'x' }
    is(${out[1]} . ${of{a}} . ${ out[0] } . ${out[$#out]}[0] . ${boxed()}, '2115x', '${name[..]}');
    ${out[0]} =~ s/1/changed/;
    is($out[0], 'changed', '... to be changed');
}
done_testing;
CORE::__END__
not read
