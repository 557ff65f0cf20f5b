# tie with arguments that are a list: the variable itself is tied, whichever it is.
use strict;
use warnings;
use Test::More;

package Tied {
    sub make   { my $class = shift; bless [@_], $class }
    sub FETCH  { "fetched @{$_[0]}" }
    sub FETCHSIZE { 7 }
    sub PRINT  { my $self = shift; push @$self, @_ }
    no warnings 'once';
    *TIESCALAR = *TIEARRAY = *TIEHASH = *TIEHANDLE = \&make;
}
my @list = (1, 2);
{ my $v; tie $v, 'Tied', @list; is $v, 'fetched 1 2', 'a lexical' }
{ tie my $v, 'Tied', @list; is $v, 'fetched 1 2', '... declared there' }
{ tie my ($v), 'Tied', @list; is $v, 'fetched 1 2' }
sub in_sub { tie my $v, 'Tied', @_; "$v" }
is in_sub(3, 4), 'fetched 3 4', '... in a sub';
{ my %h; tie $h{x}, 'Tied', @list; is $h{x}, 'fetched 1 2', 'an element' }
{ my $r; tie $$r, 'Tied', @list; is $$r, 'fetched 1 2', 'what a reference refers to' }
{ our $g; tie $g, 'Tied', @list; is $g, 'fetched 1 2', 'a package variable' }
{ tie my @a, 'Tied', @list; is scalar(@a), 7, 'an array' }
{ tie my %h, 'Tied', @list; is ref tied %h, 'Tied', 'a hash' }
{ my $o = tie *FH, 'Tied', @list; print {*FH} 5; is "@$o", '1 2 5', 'a handle' }
is ref(tie my $v, 'Tied', @list), 'Tied', 'the object';
done_testing;
