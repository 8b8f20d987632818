// The least that a sign-in can cost: one Argon2id hash with the parameters of lms, and nothing else.
#include <sodium.h>
#include <string.h>

int main(void) {
    unsigned char digest[32], salt[crypto_pwhash_SALTBYTES] = {0};
    const char *password = "tiga kuda hitam";
    if (sodium_init() < 0) return 1;
    return crypto_pwhash(digest, sizeof digest, password, strlen(password), salt, 3, 64u << 20,
                         crypto_pwhash_ALG_ARGON2ID13);
}
