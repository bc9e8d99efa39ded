package dev.conduct.identity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AllRequiredFactorsAuthorizationManager;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.RequiredFactor;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;

/// What somebody proved at sign-in. Two of these make a session; a passkey that verified its user is two in one, and a
/// bearer token is complete by itself.
final class Factors {

    static final String PASSWORD = FactorGrantedAuthority.PASSWORD_AUTHORITY;
    static final String TOTP = "FACTOR_TOTP";
    static final String PASSKEY = FactorGrantedAuthority.WEBAUTHN_AUTHORITY;
    /// Signed in at a provider of the company.
    static final String SSO = "FACTOR_SSO";
    /// The same, and the provider asserts that it asked for a second factor.
    static final String SSO_COMPLETE = "FACTOR_SSO_COMPLETE";
    static final String RECOVERY = "FACTOR_RECOVERY";
    static final String DEMO = "FACTOR_DEMO";
    static final String BEARER = FactorGrantedAuthority.BEARER_AUTHORITY;

    private static final Set<String> FIRST = Set.of(PASSWORD, SSO);
    private static final Set<String> SECOND = Set.of(TOTP, PASSKEY, RECOVERY, SSO_COMPLETE, DEMO);

    private Factors() {}

    static GrantedAuthority granted(String factor, Instant at) {
        return FactorGrantedAuthority.withAuthority(factor).issuedAt(at).build();
    }

    /// The rule that every route but the open ones stands under.
    @SuppressWarnings("unchecked")
    static AuthorizationManager<Object> complete(boolean demo) {
        var passwordAndCode = required(PASSWORD, TOTP);
        var passwordAndRecovery = required(PASSWORD, RECOVERY);
        // By itself: the device is there, and verified who uses it.
        var passkey = required(PASSKEY);
        var token = required(BEARER);
        var complete = new ArrayList<>(List.of(
                passwordAndCode,
                passwordAndRecovery,
                required(SSO, TOTP),
                required(SSO, RECOVERY),
                required(SSO_COMPLETE),
                passkey,
                token));
        if (demo) {
            complete.add(required(DEMO));
        }
        return AllRequiredFactorsAuthorizationManager.anyOf(
                complete.toArray(AllRequiredFactorsAuthorizationManager[]::new));
    }

    static boolean first(@Nullable Authentication authentication) {
        return authentication != null && names(authentication).stream().anyMatch(FIRST::contains);
    }

    /// True for whoever gave both factors at a provider, and may have none here.
    static boolean byProvider(@Nullable Authentication authentication) {
        return authentication != null && names(authentication).contains(SSO_COMPLETE);
    }

    static boolean second(@Nullable Authentication authentication) {
        return authentication != null && names(authentication).stream().anyMatch(SECOND::contains);
    }

    /// When the earliest factor of the session was given.
    static @Nullable Instant since(Authentication authentication) {
        Instant first = null;
        for (var authority : authentication.getAuthorities()) {
            if (authority instanceof FactorGrantedAuthority factor
                    && (first == null || factor.getIssuedAt().isBefore(first))) {
                first = factor.getIssuedAt();
            }
        }
        return first;
    }

    /// When the second factor was given last; now and always in a demo, which has none.
    static @Nullable Instant confirmed(Authentication authentication) {
        Instant last = null;
        for (var authority : authentication.getAuthorities()) {
            if (authority instanceof FactorGrantedAuthority factor && SECOND.contains(factor.getAuthority())) {
                if (factor.getAuthority().equals(DEMO)) {
                    return Instant.MAX.minusSeconds(3600);
                }
                last = last == null || factor.getIssuedAt().isAfter(last) ? factor.getIssuedAt() : last;
            }
        }
        return last;
    }

    /// What was given before a factor is given once more. The first of all stays: the session is as old as that.
    static List<GrantedAuthority> before(Authentication authentication, String factor) {
        var first = since(authentication);
        return authentication.getAuthorities().stream()
                .filter(authority -> !factor.equals(authority.getAuthority())
                        || (authority instanceof FactorGrantedAuthority given
                                && given.getIssuedAt().equals(first)))
                .map(GrantedAuthority.class::cast)
                .toList();
    }

    private static AllRequiredFactorsAuthorizationManager<Object> required(String... factors) {
        var builder = AllRequiredFactorsAuthorizationManager.builder();
        for (var factor : List.of(factors)) {
            builder.requireFactor(RequiredFactor.withAuthority(factor).build());
        }
        return builder.build();
    }

    private static Set<String> names(Authentication authentication) {
        return authentication.getAuthorities().stream()
                .map(authority -> String.valueOf(authority.getAuthority()))
                .collect(Collectors.toSet());
    }
}
