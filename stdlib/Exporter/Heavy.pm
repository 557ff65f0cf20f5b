package Exporter::Heavy;
# Exporter's long way lives in Exporter itself; this name is kept for programs that load it.

our $VERSION = '5.77';

require Exporter;

sub heavy_export          { goto &Exporter::heavy_export }
sub heavy_export_to_level { goto &Exporter::export_to_level }

1;
