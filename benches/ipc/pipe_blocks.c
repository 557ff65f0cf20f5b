#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    static char block[65536];
    int p[2];
    memset(block, 'x', sizeof block);
    if (pipe(p)) return 1;
    pid_t pid = fork();
    if (!pid) {
        close(p[0]);
        for (int i = 0; i < 15000; i++)
            for (size_t o = 0; o < sizeof block;) o += write(p[1], block + o, sizeof block - o);
        _exit(0);
    }
    close(p[1]);
    long sum = 0;
    for (ssize_t k; (k = read(p[0], block, sizeof block)) > 0;) sum += k;
    waitpid(pid, 0, 0);
    printf("%ld\n", sum);
}
