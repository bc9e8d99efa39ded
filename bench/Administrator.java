import java.util.Map;

/// Sets the installation up as its first administrator would, through the same pages, and returns
/// the account with its signed-in session.
final class Administrator {

    private Administrator() {}

    /// @param recoveryCode one that was not used
    record Account(Session session, String email, String password, String recoveryCode) {}

    static Account setUp(int port, String link) throws Exception {
        var session = new Session(port);
        var email = "bench@bench.example";
        var password = "correct-bench-battery-" + port;
        session.open(link)
                .submit(Map.of(
                        "company", "Bench",
                        "name", "Bench Runner",
                        "email", email,
                        "password", password));
        var secret = session.find("id=\"secret\">\\s*([A-Z2-7 ]+)");
        session.submit(Map.of("code", Totp.code(secret, System.currentTimeMillis() / 1000)));
        var recoveryCode = session.find("id=\"recovery-codes\">\\s*<li>([^<]+)</li>");
        if (!session.open("/lines/bug").where().equals("/lines/bug 200")) {
            throw new IllegalStateException("not signed in: " + session.where());
        }
        return new Account(session, email, password, recoveryCode);
    }
}
