package dev.conduct.identity;

/// A provider did not do its part: it cannot be reached, or what it says is not to be believed.
final class ProviderFailure extends Exception {

    ProviderFailure(String says) {
        super(says);
    }

    ProviderFailure(String says, Throwable cause) {
        super(says, cause);
    }

    String says() {
        return String.valueOf(getMessage());
    }
}
