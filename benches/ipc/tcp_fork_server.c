#include <arpa/inet.h>
#include <ctype.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    int server = socket(PF_INET, SOCK_STREAM, 0), clients = 250, on = 1;
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof at;
    setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(server, (struct sockaddr *)&at, len) || listen(server, 10)) return 1;
    getsockname(server, (struct sockaddr *)&at, &len);
    char b[100];
    pid_t pid = fork();
    if (!pid) {
        for (int i = 0; i < clients; i++) {
            int peer = accept(server, 0, 0);
            if (!fork()) {
                for (ssize_t n; (n = read(peer, b, 100)) > 0;) {
                    for (int k = 0; k < n; k++) b[k] = toupper((unsigned char)b[k]);
                    if (write(peer, b, n) != n) return 1;
                }
                _exit(0);
            }
            close(peer);
            while (waitpid(-1, 0, WNOHANG) > 0) {}
        }
        while (wait(0) > 0) {}
        _exit(0);
    }
    close(server);
    long sum = 0;
    for (int n = 1; n <= clients; n++) {
        int s = socket(PF_INET, SOCK_STREAM, 0);
        if (connect(s, (struct sockaddr *)&at, len)) return 1;
        for (int i = 0; i < 5; i++) {
            int k = sprintf(b, "hello %d", n);
            if (write(s, b, k) != k) return 1;
            sum += read(s, b, 100);
        }
        close(s);
    }
    waitpid(pid, 0, 0);
    printf("%ld\n", sum);
}
