package dev.conduct.keys;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;

/// Wraps or unwraps with the key of a token, in a process of its own: `CONFIG wrap|unwrap|elsewhere|another VALUE`.
final class TokenProcess {

    private TokenProcess() {}

    public static void main(String... arguments) throws GeneralSecurityException {
        var settings = new KeySettings.Pkcs11(Path.of(arguments[0]), "1234", "conduct-root");
        if (arguments[1].equals("another")) {
            another(settings, Base64.getDecoder().decode(arguments[2]));
            return;
        }
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

    private static void another(KeySettings.Pkcs11 settings, byte[] wrapped) throws GeneralSecurityException {
        var next = new KeySettings(
                        "pkcs11",
                        null,
                        null,
                        settings,
                        new KeySettings.Http(null, "none", null),
                        new KeySettings.Next("conduct-next", null, null, null, null))
                .moved();
        var root = RootToken.open(next.pkcs11(), false);
        var here = "here".getBytes(StandardCharsets.UTF_8);
        var own = root.aead().decrypt(root.aead().encrypt(here, here), here);
        try {
            root.aead().decrypt(wrapped, here);
        } catch (GeneralSecurityException refused) {
            System.out.println("refused" + (java.util.Arrays.equals(own, here) ? ", and wraps itself" : ""));
        }
    }
}
