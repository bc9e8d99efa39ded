package dev.conduct.mail;

import dev.conduct.kernel.Html;
import dev.conduct.kernel.Ids;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Sends letters. A letter is queued in the transaction of the caller: it leaves when that commits and never when it
/// does not. It never fails for its address or its words; what became of it stands in the list of deliveries.
@Component
public class Mail {

    private static final int LONGEST = 200_000;

    private final LetterRows rows;
    private final Html html;
    private final InstantSource time;
    private final Postman postman;
    private final Carrier carrier;
    private final String root;
    private final String sender;

    Mail(
            LetterRows rows,
            Html html,
            InstantSource time,
            Postman postman,
            Carrier carrier,
            ServerAddress server,
            MailSettings settings) {
        this.rows = rows;
        this.html = html;
        this.time = time;
        this.postman = postman;
        this.carrier = carrier;
        this.root = server.root();
        this.sender = settings.sender();
    }

    /// To whoever was erased nothing is written.
    ///
    /// @return the letter's id in the list of deliveries
    public UUID send(Letter letter) {
        var id = Ids.next(time.instant());
        if (!rows.present(letter.whose())) {
            return id;
        }
        var subject = line(letter.subject());
        rows.add(
                id,
                letter,
                subject,
                cut(Wording.plain(letter, root)),
                cut(html.render("mail/letter.jte", Map.of("view", new Wording(letter, subject, root)))),
                time.instant());
        afterwards(postman::wake);
        return id;
    }

    /// Takes away every letter to an address, delivered or not, in the caller's transaction: whoever it belonged to was
    /// erased.
    public void forget(String address) {
        gone(rows.forget(address));
    }

    /// Takes away every letter under a key that was destroyed, to whatever address, in the caller's transaction.
    public void forgetUnder(long key) {
        gone(rows.forgetUnder(key));
    }

    /// What became a file goes once the erasure is certain.
    private void gone(List<UUID> letters) {
        afterwards(() -> carrier.forget(letters));
    }

    private static void afterwards(Runnable act) {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    act.run();
                }
            });
        } else {
            act.run();
        }
    }

    /// The whole address of a path of this server, as letters carry it: of `conduct.url`, or of this computer.
    public String address(String path) {
        return root + path;
    }

    /// The address letters come from.
    public String sender() {
        return sender;
    }

    /// Whether letters can be sent to and from such an address: one alone, without a name.
    public static boolean isAddress(String text) {
        return Address.known(text);
    }

    /// A header is one line: whatever could end it becomes a space.
    private static String line(String text) {
        var one = text.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029\\s]+", " ").strip();
        return one.length() <= 200 ? one : one.substring(0, one.offsetByCodePoints(0, 190)) + " …";
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
