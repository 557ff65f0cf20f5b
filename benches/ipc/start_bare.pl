# runs: 60
# Start-up alone.
print "up\n";
