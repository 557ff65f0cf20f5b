# How here-documents end, and what the closing mark of an indented one takes away (perlop "<<EOF").
use strict;
use warnings;
use Test::More;

is eval "<<'';\nlast line\n", "last line\n", 'an empty line may be the end of the text';
ok !defined eval "<<'';\nno newline", '... behind a newline';
is eval "<<~ ' END';\n  text\n   END\n", "  text\n" =~ s/^ +//r, 'a mark that begins with a blank';
is <<~END, "  deeper\n    deepest\n\nas deep\n", 'as much as stands before the mark';
      deeper
        deepest

    as deep
    END
is eval "<<~END =~ s/x/y/r;\n\tx\n\tEND\n", "y\n", 'tabs';
ok !defined eval "<<~END;\n  less\n    END\n", 'a line with less';
like $@, qr/^Indentation on line 1 of here-doc doesn't match delimiter at \(eval \d+\) line 1\.$/;
(my $text = 'a') =~ s/a/<<~END/e;
    inside
  END
is $text, "  inside\n", 'in a replacement';
done_testing;
