package dev.conduct.keys;

import com.google.crypto.tink.Aead;
import dev.conduct.database.StartRefused;
import dev.conduct.kernel.Outbound;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The root key in a key service that is asked over HTTPS: `POST URL/keys/KEY/wrap` with `{"plaintext", "context"}`
/// answers `{"ciphertext"}`, `.../unwrap` with `{"ciphertext", "context"}` answers `{"plaintext"}`; all values base64,
/// the caller known by a bearer token. docs/guide/keys.md has the whole of it.
final class RootService {

    private static final Duration AT_MOST = Duration.ofSeconds(10);
    private static final Set<String> THIS_COMPUTER = Set.of("localhost", "127.0.0.1", "[::1]");

    private RootService() {}

    static RootKey open(KeySettings.Http settings, Outbound outbound) {
        var url = settings.url();
        var token = settings.token();
        if (url == null || token == null) {
            throw new StartRefused(
                    "The root key is in a key service: set CONDUCT_ROOT_HTTP_URL and CONDUCT_ROOT_HTTP_TOKEN.");
        }
        if (!"https".equals(url.getScheme()) && !THIS_COMPUTER.contains(String.valueOf(url.getHost()))) {
            throw new StartRefused("CONDUCT_ROOT_HTTP_URL is " + url + ". Keys travel over https only.");
        }
        return new RootKey(
                "http",
                settings.key(),
                url + ", key " + settings.key(),
                new Remote(outbound, URI.create(url + "/keys/" + settings.key()), token));
    }

    private record Remote(Outbound outbound, URI key, String token) implements Aead {

        @Override
        public byte[] encrypt(byte[] plain, byte[] associated) throws GeneralSecurityException {
            return asked("wrap", "plaintext", plain, associated, "ciphertext");
        }

        @Override
        public byte[] decrypt(byte[] sealed, byte[] associated) throws GeneralSecurityException {
            return asked("unwrap", "ciphertext", sealed, associated, "plaintext");
        }

        private byte[] asked(String what, String name, byte[] value, byte[] context, String wanted)
                throws GeneralSecurityException {
            var base64 = Base64.getEncoder();
            var json = JsonMapper.shared();
            var body = json.writeValueAsString(
                    Map.of(name, base64.encodeToString(value), "context", base64.encodeToString(context)));
            try {
                var answer = outbound.post(
                        URI.create(key + "/" + what),
                        "application/json",
                        Map.of("Authorization", "Bearer " + token),
                        body.getBytes(StandardCharsets.UTF_8),
                        AT_MOST);
                if (answer.status() != 200) {
                    throw new GeneralSecurityException("the key service answered " + answer.status());
                }
                return Base64.getDecoder()
                        .decode(json.readTree(answer.body()).path(wanted).asString(""));
            } catch (IOException unreachable) {
                throw new StartRefused(
                        "The key service " + key + " cannot be reached: " + unreachable.getMessage() + ".",
                        unreachable);
            } catch (JacksonException | IllegalArgumentException unreadable) {
                throw new GeneralSecurityException("the key service answered something else than its protocol says");
            }
        }
    }
}
