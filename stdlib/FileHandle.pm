package FileHandle;
# The older name of IO::File, with its functions exported (perldoc FileHandle).

use 5.006;
use strict;
require IO::File;

our $VERSION = '2.03';
our @ISA     = ('IO::File');
our @EXPORT  = qw(_IOFBF _IOLBF _IONBF);
our @EXPORT_OK = qw(pipe);

# Methods under plain names, for use as functions.
push @EXPORT, qw(
    autoflush output_field_separator output_record_separator input_record_separator input_line_number
    format_page_number format_lines_per_page format_lines_left format_name format_top_name
    format_line_break_characters format_formfeed print printf getline getlines
);
push @EXPORT, @IO::File::EXPORT;

{
    no strict 'refs';
    for my $name (qw(_IOFBF _IOLBF _IONBF), @EXPORT) {
        my $code = IO::Handle->can($name) || IO::File->can($name) or next;
        *$name = $code unless defined &$name;
    }
}

require Exporter;

sub import {
    my $package = shift;
    my $target  = caller;
    Exporter::export($package, $target, @_);
    # The constants of Fcntl, where it loads.
    no strict 'refs';
    Exporter::export('Fcntl', $target, grep defined &{"Fcntl::$_"}, @Fcntl::EXPORT);
}

# FileHandle::pipe READER, WRITER
sub pipe {
    my $reader = IO::Handle->new;
    my $writer = IO::Handle->new;
    return CORE::pipe($reader, $writer) ? ($reader, $writer) : () if !@_;
    if (@_ != 2) {
        require Carp;
        Carp::croak('usage: FileHandle::pipe READER, WRITER');
    }
    return CORE::pipe($_[0], $_[1]);
}

1;
