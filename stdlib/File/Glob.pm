package File::Glob;
# File name patterns (perldoc File::Glob). Native: bsd_glob csh_glob bsd_glob_override and GLOB_*.

use strict;
require Exporter;
require XSLoader;

our $VERSION = '1.37';
our $DEFAULT_FLAGS;

our @EXPORT_OK = qw(
    csh_glob bsd_glob GLOB_ABEND GLOB_ALPHASORT GLOB_ALTDIRFUNC GLOB_BRACE GLOB_CSH GLOB_ERR GLOB_ERROR
    GLOB_LIMIT GLOB_MARK GLOB_NOCASE GLOB_NOCHECK GLOB_NOMAGIC GLOB_NOSORT GLOB_NOSPACE GLOB_QUOTE GLOB_TILDE
);
our %EXPORT_TAGS = (glob => [grep $_ ne 'csh_glob', @EXPORT_OK]);
$EXPORT_TAGS{bsd_glob} = [@{ $EXPORT_TAGS{glob} }];

XSLoader::load();

# :globally and :bsd_glob replace the glob operator as well, :case and :nocase set the default.
sub import {
    my @names;
    for my $word (@_) {
        if ($word eq ':case')       { $DEFAULT_FLAGS &= ~GLOB_NOCASE(); next }
        if ($word eq ':nocase')     { $DEFAULT_FLAGS |= GLOB_NOCASE();  next }
        if ($word eq ':globally')   {
            no warnings 'redefine';
            *CORE::GLOBAL::glob = \&File::Glob::csh_glob;
            next;
        }
        if ($word eq ':bsd_glob') {
            no strict 'refs';
            *{ caller() . '::glob' } = \&bsd_glob_override if defined &bsd_glob_override;
        }
        push @names, $word;
    }
    @_ = @names;
    goto &Exporter::import;
}

$DEFAULT_FLAGS = GLOB_CSH();

1;
