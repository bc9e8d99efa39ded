package dev.conduct.keys;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;

/// Wraps or unwraps with the key of a token, in a process of its own: `CONFIG wrap|unwrap|elsewhere VALUE`.
final class TokenProcess {

    private TokenProcess() {}

    public static void main(String... arguments) throws GeneralSecurityException {
        var settings = new KeySettings.Pkcs11(Path.of(arguments[0]), "1234", "conduct-root");
        var wrapping = arguments[1].equals("wrap");
        var root = RootToken.open(settings, !wrapping);
        var place = (arguments[1].equals("elsewhere") ? "elsewhere" : "here").getBytes(StandardCharsets.UTF_8);
        if (wrapping) {
            var wrapped = root.aead().encrypt("a keyset".getBytes(StandardCharsets.UTF_8), place);
            System.out.println(Base64.getEncoder().encodeToString(wrapped));
            return;
        }
        try {
            var plain = root.aead().decrypt(Base64.getDecoder().decode(arguments[2]), place);
            System.out.println(new String(plain, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException refused) {
            System.out.println("refused");
        }
    }
}
