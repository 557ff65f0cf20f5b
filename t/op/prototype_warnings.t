# Warnings of prototypes, prototypes of words, and what lock gives (perldiag, perlfunc prototype, lock).
use strict;
use warnings;
use Test::More;

my @said;
local $SIG{__WARN__} = sub { push @said, $_[0] =~ s/ at \(eval .*//sr };
sub said { @said = (); eval shift; die $@ if $@; join '|', @said }
is said('sub t1 (bar) {}'),  'Illegal character in prototype for main::t1 : bar', 'letters';
is said('sub t2 (@$) {}'),   q{Prototype after '@' for main::t2 : @$},            'something behind all the rest';
is said('sub t3 ($[$) {}'),  q{Missing ']' in prototype for main::t3 : $[$},      'an open bracket';
is said('sub t4 (_$) {}'),   q{Illegal character after '_' in prototype for main::t4 : _$}, 'behind _';
is said('my $t5 = sub (x) {}'), 'Illegal character in prototype for ? : x',       'a sub without a name';
is said('sub t6 (\[$@%];$$) {} sub t7 (&;@) {} sub t8 (_;$) {}'), '',             'good ones';
is said('sub t9 ($) : prototype($$) {}'), q{Prototype '$' overridden by attribute 'prototype($$)' in main::t9}, 'an attribute overrides';
is said('sub ta : prototype($) : prototype(@) {}'), 'Attribute prototype(@) discards earlier prototype attribute in same sub', 'and another';
is prototype('CORE::not'), '$;', 'not';
is prototype('CORE::and'), undef, 'words of the language have none';
ok !eval { my $p = prototype('CORE::nothing'); 1 }, 'what is no word';
our ( $scalar, @array );
is \lock($scalar), \$scalar, 'lock gives the scalar';
is lock(@array), \@array, '... and a reference to an array';
is lock(&said), \&said, '... and to a sub, which is not called';
our ( $c, $x, $y ) = (0);
( $c ? $x : $y ) = ( 5, 6 )[ 0, 1 ];
is $y, 6, 'parentheses around ?: make no list';
done_testing;
