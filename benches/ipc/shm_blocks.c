#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>

int main(void) {
    int id = shmget(IPC_PRIVATE, 65536, IPC_CREAT | 0600);
    char block[4097], copy[4097];
    long sum = 0;
    for (int i = 1; i <= 12000; i++) {
        int at = i % 16 * 4096;
        memset(block, 0, sizeof block);
        sprintf(block, "block %d", i);
        char *m = shmat(id, 0, 0);
        memcpy(m + at, block, 4096);
        shmdt(m);
        m = shmat(id, 0, SHM_RDONLY);
        memcpy(copy, m + at, 4096);
        shmdt(m);
        sum += copy[6];
    }
    shmctl(id, IPC_RMID, 0);
    printf("%ld\n", sum);
}
