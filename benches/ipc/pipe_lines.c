#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    int p[2];
    char line[100];
    long n = 0, len = 0;
    if (pipe(p)) return 1;
    pid_t pid = fork();
    if (!pid) {
        FILE *out = fdopen(p[1], "w");
        for (int i = 1; i <= 900000; i++) fprintf(out, "line number %d\n", i);
        fclose(out);
        _exit(0);
    }
    close(p[1]);
    FILE *in = fdopen(p[0], "r");
    while (fgets(line, sizeof line, in)) { n++; len += strlen(line) - 1; }
    waitpid(pid, 0, 0);
    printf("%ld %ld\n", n, len);
}
