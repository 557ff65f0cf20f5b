package Test::Builder::Module;
# Base class of modules that test with Test::Builder (perldoc Test::Builder::Module).

use strict;
use Test::Builder;
require Exporter;

our $VERSION = '1.302190';
our @ISA     = ('Exporter');

sub import {
    my $class = shift;
    Test::Builder->new if $class->isa('Test::Builder');
    my $test   = $class->builder;
    my $caller = caller;
    $test->exported_to($caller);
    $class->import_extra(\@_);
    my $imports = $class->_strip_imports(\@_);
    {
        # A wrong plan is the fault of the line that says `use`.
        local $Test::Builder::Level = $Test::Builder::Level;
        $test->plan(@_);
    }
    my @symbols = defined $imports ? @$imports : do { no strict 'refs'; @{"${class}::EXPORT"} };
    $class->Exporter::export_to_level(1, $class, @symbols);
}

# import => [names] among the words of the plan.
sub _strip_imports {
    my ($class, $list) = @_;
    my ($imports, @other);
    for (my $i = 0; $i < @$list; $i++) {
        if (defined $list->[$i] and $list->[$i] eq 'import') {
            $i++;
            push @{ $imports ||= [] }, @{ $list->[$i] };
        }
        else { push @other, $list->[$i] }
    }
    @$list = @other;
    return $imports;
}

sub import_extra { }

sub builder { return Test::Builder->new }

1;
