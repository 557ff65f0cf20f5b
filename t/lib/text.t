# Text::ParseWords, Text::Wrap, Text::Tabs, Text::Abbrev, File::Basename, File::Spec.
use strict;
use warnings;
use Test::More;
use Text::ParseWords;
use Text::Wrap qw(wrap fill $columns);
use Text::Tabs;
use Text::Abbrev;
use File::Basename;
use File::Spec;

is join('|', shellwords(q{a "b c" d\ e 'f g'})), 'a|b c|d e|f g';
is join('|', parse_line(',', 1, 'x,"y,z",w')), 'x|"y,z"|w';
$columns = 20;
is wrap('', '  ', 'The quick brown fox jumps over'), "The quick brown fox\n  jumps over";
is expand("a\tb"), 'a       b';
is unexpand('a       b'), "a\tb";
is_deeply { abbrev('list', 'load') }, { 'lis' => 'list', 'li' => 'list', list => 'list', load => 'load', loa => 'load', lo => 'load' };
is_deeply [fileparse('/a/b/c.txt', qr/\.[^.]*/)], ['c', '/a/b/', '.txt'];
is basename('/a/b/'), 'b';
is dirname('/a/b/'), '/a';
is dirname('x'), '.';
is(File::Spec->canonpath('/a/./b//c/'), '/a/b/c');
is(File::Spec->catfile('a', 'b', 'c'), 'a/b/c');
is(File::Spec->abs2rel('/a/b/c', '/a/d'), '../b/c');
is(File::Spec->rel2abs('x', '/y'), '/y/x');
done_testing;
