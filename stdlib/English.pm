package English;
# Long names for the punctuation variables (perldoc English).

require Exporter;

our $VERSION = '1.11';
our @ISA     = ('Exporter');
no warnings;

my $globbed_match;

# $PREMATCH and its kin cost nothing any more, so -no_match_vars is only tolerated.
sub import {
    my $package = shift;
    local $Exporter::ExportLevel = 1;
    my @names = grep { $_ ne '-no_match_vars' } @_;
    my $plain = @names < @_;
    if (!$globbed_match++) {
        *PREMATCH  = *`{SCALAR};
        *MATCH     = *&{SCALAR};
        *POSTMATCH = *'{SCALAR};
    }
    our @EXPORT = $plain ? @minimal : @complete;
    Exporter::import($package, grep { s/^\$/*/ || 1 } @names);
}

BEGIN {
    @minimal = qw(
        *ARG *LAST_PAREN_MATCH *INPUT_LINE_NUMBER *NR *INPUT_RECORD_SEPARATOR *RS *OUTPUT_AUTOFLUSH
        *OUTPUT_FIELD_SEPARATOR *OFS *OUTPUT_RECORD_SEPARATOR *ORS *LIST_SEPARATOR *SUBSCRIPT_SEPARATOR *SUBSEP
        *FORMAT_PAGE_NUMBER *FORMAT_LINES_PER_PAGE *FORMAT_LINES_LEFT *FORMAT_NAME *FORMAT_TOP_NAME
        *FORMAT_LINE_BREAK_CHARACTERS *FORMAT_FORMFEED *CHILD_ERROR *OS_ERROR *ERRNO *EXTENDED_OS_ERROR
        *EVAL_ERROR *PROCESS_ID *PID *REAL_USER_ID *UID *EFFECTIVE_USER_ID *EUID *REAL_GROUP_ID *GID
        *EFFECTIVE_GROUP_ID *EGID *PROGRAM_NAME *PERL_VERSION *OLD_PERL_VERSION *ACCUMULATOR *COMPILING
        *DEBUGGING *INPLACE_EDIT *OSNAME *PERLDB *BASETIME *WARNING *EXECUTABLE_NAME *SYSTEM_FD_MAX
        *EXCEPTIONS_BEING_CAUGHT *LAST_REGEXP_CODE_RESULT *LAST_SUBMATCH_RESULT *LAST_MATCH_START
        *LAST_MATCH_END
    );
    @complete = (@minimal, qw(*PREMATCH *MATCH *POSTMATCH));
}

*ARG                     = *_;
*LAST_PAREN_MATCH        = *+;
*LAST_SUBMATCH_RESULT    = *^N;
*LAST_MATCH_START        = *-{ARRAY};
*LAST_MATCH_END          = *+{ARRAY};
*INPUT_LINE_NUMBER       = *.;
*NR                      = *.;
*INPUT_RECORD_SEPARATOR  = */;
*RS                      = */;
*OUTPUT_AUTOFLUSH        = *|;
*OUTPUT_FIELD_SEPARATOR  = *,;
*OFS                     = *,;
*OUTPUT_RECORD_SEPARATOR = *\;
*ORS                     = *\;
*LIST_SEPARATOR          = *";
*SUBSCRIPT_SEPARATOR     = *;;
*SUBSEP                  = *;;
*FORMAT_PAGE_NUMBER      = *%;
*FORMAT_LINES_PER_PAGE   = *=;
*FORMAT_LINES_LEFT       = *-{SCALAR};
*FORMAT_NAME             = *~;
*FORMAT_TOP_NAME         = *^;
*FORMAT_LINE_BREAK_CHARACTERS = *:;
*FORMAT_FORMFEED         = *^L;
*CHILD_ERROR             = *?;
*OS_ERROR                = *!;
*ERRNO                   = *!;
*EXTENDED_OS_ERROR       = *^E;
*EVAL_ERROR              = *@;
*PROCESS_ID              = *$;
*PID                     = *$;
*REAL_USER_ID            = *<;
*UID                     = *<;
*EFFECTIVE_USER_ID       = *>;
*EUID                    = *>;
*REAL_GROUP_ID           = *(;
*GID                     = *(;
*EFFECTIVE_GROUP_ID      = *);
*EGID                    = *);
*PROGRAM_NAME            = *0;
*PERL_VERSION            = *^V;
*OLD_PERL_VERSION        = *];
*ACCUMULATOR             = *^A;
*COMPILING               = *^C;
*DEBUGGING               = *^D;
*INPLACE_EDIT            = *^I;
*OSNAME                  = *^O;
*PERLDB                  = *^P;
*BASETIME                = *^T;
*WARNING                 = *^W;
*EXECUTABLE_NAME         = *^X;
*SYSTEM_FD_MAX           = *^F;
*EXCEPTIONS_BEING_CAUGHT = *^S;
*LAST_REGEXP_CODE_RESULT = *^R;

1;
