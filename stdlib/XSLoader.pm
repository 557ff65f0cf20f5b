package XSLoader;
# XSLoader::load binds the native part of a module and is itself native (perldoc XSLoader).

our $VERSION = '0.31';

sub bootstrap_inherit {
    my ($module) = @_;
    no strict 'refs';
    local @{"${module}::ISA"} = (@{"${module}::ISA"}, 'DynaLoader');
    require DynaLoader;
    DynaLoader::bootstrap(@_);
}

1;
