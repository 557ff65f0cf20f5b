# Names a program mentions only once (perldiag: Name "%s" used only once: possible typo).
use strict;
use warnings;
use Test::More;
use File::Temp 'tempdir';

my $dir = tempdir(CLEANUP => 1);
open my $out, '>', "$dir/Mod.pm" or die;
print $out "package Mod; use warnings; \$Mod::inner = 1; \$main::from_mod = 2; our \$both; 1;\n";
close $out or die;

# What a program says of names, as "name line", sorted.
sub told {
    my ($code, @switches) = @_;
    open my $in, '>', "$dir/prog" or die;
    print $in $code;
    close $in or die;
    my $text = `$^X -I$dir @switches -c $dir/prog 2>&1`;
    my $file = quotemeta "$dir/prog";
    return join ' ', sort map { /^Name "(.*)" used only once: possible typo at $file line (\d+)\.$/ ? "$1:$2" : () }
        split /\n/, $text;
}

is told('$x = 1', '-w'), 'main::x:1', '-w';
is told("use warnings;\n\$x = 1"), 'main::x:2', 'use warnings';
is told('$x = 1'), '', 'no warnings asked for';
is told('$x = 1; $x = 2', '-w'), '', 'twice is no typo';
is told('$x = 1; use warnings; $y = 1'), 'main::y:1', 'only where the category is on';
is told('no warnings "once"; $x = 1', '-w'), '', 'no warnings "once"';
is told('{ no warnings; $x = 1 } $x = 2; $y = 1; { no warnings; $y = 2 }', '-w'), '', 'both places count, told or not';
is told('use warnings; $x = 1', '-X'), '', '-X';
is told('no warnings; $x = 1', '-W'), 'main::x:1', '-W';
is told('our $x = 1; our (@y, %z)', '-w'), '', 'our';
is told('use vars qw($x @y); $x = 1', '-w'), '', 'use vars';
is told('$a = 1; $b = 1; $_x = 1; $_ = 1; $0 = 1; $ENV{x} = 1; @ARGV = (); $SIG{X} = 1;', '-w'), '', 'special names';
is told('@a = ()', '-w'), 'main::a:1', 'but @a is like any other';
is told('package P; @ISA = (); $VERSION = 1; @EXPORT = @EXPORT_OK = (); %EXPORT_TAGS = (); $DEBUG = 1', '-w'),
    'P::DEBUG:1', 'names with a meaning in every package';
is told('$Foo::y = 1; $::z = 1; $x[0] = $x{1}', '-w'), 'Foo::y:1 main::z:1', 'qualified; one name of two kinds';
is told("\$x = qq(\$y \@z\n\$h{k}); \$n = <<T;\n\$t\nT\n", '-w'),
    'main::h:2 main::n:2 main::t:3 main::x:1 main::y:1 main::z:1', 'in strings';
is told('open FH, "<", "x"; open LOCK, ">", "y"; close FH; print OUT 1; while (<IN>) { } *glob = 1', '-w'),
    'main::IN:1 main::LOCK:1 main::OUT:1 main::glob:1', 'handles and globs';
is told('sub f { $in_sub = 1 } BEGIN { $in_begin = 1 } END { $in_end = 1 } sub g { $two } sub h { $two }', '-w'),
    'main::in_begin:1 main::in_end:1 main::in_sub:1', 'in subs and blocks';
is told('sub x { } $x = 1; y(); $y = 1; *z = sub { 1 }; z()', '-w'), '', 'subs of the name count';
is told('BEGIN { eval q($x = 1) } $x = 1; BEGIN { ${"y"} = 1 } $y = 1', '-w'), '', 'what BEGIN has made';
is told('use Mod; $from_mod = $Mod::inner = $Mod::both = $Mod::other = 1', '-w'), 'Mod::other:1', 'names of a module';
is told('$from_mod = $Mod::inner = $Mod::other = 1; use Mod', '-w'), 'Mod::other:1', '... that comes later';
is told("# line 7\n\$x = 1;", '-w'), 'main::x:7', 'line directives';
is told('$x = 1; if (', '-w'), '', 'not where the program cannot be compiled';

my $run = `$^X -we "CHECK { print qq(check\\n) } BEGIN { \\\$SIG{__WARN__} = sub { print qq(told: \@_) } } \\\$x = 1"`;
is $run, qq(told: Name "main::x" used only once: possible typo at -e line 1.\ncheck\n), 'before CHECK blocks, to the handler';
$run = `$^X -e "use warnings FATAL => 'all'; \\\$x = 1; print 'runs'" 2>/dev/null`;
is $run, 'runs', 'never fatal';
$run = `$^X -we "eval q(\\\$x = 1); print eval q(\\\$y = 1)" 2>&1`;
is $run, '1', 'not in eval STRING';

done_testing;
