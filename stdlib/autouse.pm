package autouse;
# Loads a module when one of its functions is first called (perldoc autouse).

use strict;

our $VERSION = '1.11';
our $DEBUG ||= 0;
our %stub;    # what stands in for each function

sub _vet_import ($) {
    my ($module) = @_;
    my $import = $module->can('import');
    if ($import and !(defined &Exporter::import and $import == \&Exporter::import)) {
        require Carp;
        Carp::croak("autoused module $module has unique import() method");
    }
}

sub import {
    my $class  = @_ ? shift : 'autouse';
    if (!@_) { require Carp; Carp::croak("usage: use $class MODULE [,SUBS...]") }
    my $module = shift;
    (my $file = $module) =~ s{::}{/}g;
    $file .= '.pm';

    # Loaded already: an ordinary import.
    if (exists $INC{$file}) {
        _vet_import($module);
        local $Exporter::ExportLevel = $Exporter::ExportLevel + 1;
        return $module->import(map { (my $name = $_) =~ s/\(.*\)$//; $name } @_);
    }
    my $target = caller;
    for my $entry (@_) {
        my ($name, $prototype) = $entry =~ /^(.*?)(?:\((.*)\))?$/s;
        my $full = "${target}::$name";
        my $load = sub {
            warn "autousing $name from $module\n" if $DEBUG;
            require $file;
            _vet_import($module);
            no strict 'refs';
            no warnings 'redefine';
            my $code = \&{"${module}::$name"};
            *$full = $code if \&$full == $autouse::stub{$full};
            goto &$code;
        };
        no strict 'refs';
        no warnings;
        if (defined $prototype) { *$full = eval "sub ($prototype) { goto &\$load }" }
        else { *$full = $load }
        $autouse::stub{$full} = \&$full;
    }
}

1;
