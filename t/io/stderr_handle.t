# warn and die write to STDERR, whatever it is (perlfunc warn).
use strict;
use warnings;
use Test::More;
use File::Temp 'tempdir';

my $dir = tempdir(CLEANUP => 1);

{
    local *STDERR;
    open STDERR, '>', \my $text or die;
    warn "to memory\n";
    is $text, "to memory\n", 'a scalar';
}
{
    open my $keep, '>&', \*STDERR or die;
    open STDERR, '>', "$dir/log" or die;
    warn "to a file\n";
    open STDERR, '>&', $keep or die;
    open my $in, '<', "$dir/log" or die;
    is scalar(<$in>), "to a file\n", 'a file';
}
{
    open my $out, '>', "$dir/other" or die;
    local *STDERR = $out;
    warn "to another handle\n";
    close $out;
    open my $in, '<', "$dir/other" or die;
    is scalar(<$in>), "to another handle\n", 'another handle';
}
{
    package Told;
    our @told;
    sub TIEHANDLE { return bless [], shift }
    sub PRINT { my $self = shift; push @told, join '', @_; warn "from PRINT\n" if $_[0] =~ /loop/; die "PRINT died\n" if $_[0] =~ /die/; return 1 }
    package main;
    tie *STDERR, 'Told';
    warn "tied\n";
    is_deeply \@Told::told, ["tied\n"], 'tied';
    ok !eval { warn "die\n"; 1 }, 'a PRINT that dies';
    is $@, "PRINT died\n", 'passes its error on';
    untie *STDERR;
}
is `$^X -e 'sub TIEHANDLE { bless [] } sub PRINT { print STDOUT qq(told: \$_[1]) } tie *STDERR, "main"; die "end\n"'`,
    "told: end\n", 'the last words go there, too';
is `$^X -e 'binmode STDERR, ":utf8"; warn "\\xe9\n"' 2>&1`, "\xc3\xa9\n", 'with its layers';
is `$^X -e 'close STDERR; warn "x\n"; print "on\n"' 2>/dev/null`, "on\n", 'closed';

done_testing;
