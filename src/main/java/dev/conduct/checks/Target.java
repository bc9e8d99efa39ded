package dev.conduct.checks;

/// Where something listens.
record Target(String host, int port) {

    /// @throws Probe.Failed when it is not `host:port`
    static Target of(String text) throws Probe.Failed {
        var colon = text.lastIndexOf(':');
        if (colon <= 0 || !text.substring(colon + 1).matches("\\d{1,5}")) {
            throw new Probe.Failed(text + " is not host:port.");
        }
        var port = Integer.parseInt(text.substring(colon + 1));
        if (port < 1 || port > 65_535) {
            throw new Probe.Failed(port + " is no port.");
        }
        return new Target(text.substring(0, colon), port);
    }
}
