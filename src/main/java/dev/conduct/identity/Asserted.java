package dev.conduct.identity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a provider says of whoever signed in there, after its signature was checked.
///
/// @param email only when the provider says that it verified it
/// @param groups null when it does not tell them
/// @param means `acr` and all of `amr`
/// @param session of the provider's, as its notices of an end name it; null when it names none
/// @param at when the person proved who they are, null when it does not tell
record Asserted(
        String issuer,
        String subject,
        @Nullable String email,
        @Nullable String name,
        @Nullable List<String> groups,
        List<String> means,
        @Nullable String session,
        @Nullable Instant at) {

    /// True when the provider asked for a second factor, in words that it was configured to be believed in.
    boolean complete(Provider provider) {
        return means.stream().anyMatch(provider.asserts()::contains);
    }
}
