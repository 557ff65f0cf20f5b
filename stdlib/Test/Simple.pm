package Test::Simple;
# ok() and a plan, nothing else (perldoc Test::Simple).

use 5.006;
use strict;
use Test::Builder::Module;

our $VERSION = '1.302190';
our @ISA     = ('Test::Builder::Module');
our @EXPORT  = qw(ok);

sub ok ($;$) { return Test::Simple->builder->ok(@_) }

1;
