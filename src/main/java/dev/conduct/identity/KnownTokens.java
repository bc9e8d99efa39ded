package dev.conduct.identity;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/// Remembers access tokens whose signature was checked, until they expire: the same bytes are as genuine the second
/// time. Whether a token still opens anything is asked of the database each time, see `CurrentActor`.
final class KnownTokens implements JwtDecoder {

    private static final int MOST = 1_000;

    private final JwtDecoder checking;
    private final InstantSource time;
    private final Map<String, Jwt> known = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Jwt> eldest) {
            return size() > MOST;
        }
    };

    KnownTokens(JwtDecoder checking, InstantSource time) {
        this.checking = checking;
        this.time = time;
    }

    @Override
    public Jwt decode(String token) {
        var found = recall(token);
        if (found != null) {
            return found;
        }
        var checked = checking.decode(token);
        synchronized (known) {
            known.put(token, checked);
        }
        return checked;
    }

    private @Nullable Jwt recall(String token) {
        synchronized (known) {
            var found = known.get(token);
            if (found == null) {
                return null;
            }
            var expires = found.getExpiresAt();
            if (expires == null || !time.instant().isBefore(expires)) {
                known.remove(token);
                return null;
            }
            return found;
        }
    }
}
