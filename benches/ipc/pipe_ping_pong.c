#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    int a[2], b[2], n = 40000;
    char c = 'x';
    if (pipe(a) || pipe(b)) return 1;
    pid_t pid = fork();
    if (!pid) {
        for (int i = 0; i < n; i++)
            if (read(a[0], &c, 1) != 1 || write(b[1], &c, 1) != 1) _exit(1);
        _exit(0);
    }
    long sum = 0;
    for (int i = 0; i < n; i++) {
        if (write(a[1], "x", 1) != 1) return 1;
        sum += read(b[0], &c, 1);
    }
    waitpid(pid, 0, 0);
    printf("%ld\n", sum);
}
