package dev.conduct.mail;

import dev.conduct.keys.Subjects;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One e-mail to one person, said once: plain text and HTML are made of the same blocks. Whatever users wrote may
/// stand in any part of it; none of it becomes a header or markup.
///
/// @param kind what it is, for the list of deliveries: `invitation`, `digest`; letters and `_`
/// @param whose under whose key it lies: the person it is to, as the ledger writes them, else [Subjects#COMPANY]
/// @param to the address alone
/// @param thread what it is about, so that mail programs keep such letters together: `item:APP-12`; null for none
/// @param unsubscribe path on this server that ends letters of this kind by one POST; null where nobody may end
/// them
/// @param replyTo where an answer by mail goes, an address alone; null for the sender's
public record Letter(
        String kind,
        String whose,
        String to,
        String subject,
        List<Block> blocks,
        @Nullable String thread,
        @Nullable String unsubscribe,
        @Nullable String replyTo) {

    public Letter {
        if (!kind.matches("[a-z_]{1,40}")) {
            throw new IllegalArgumentException(kind + " is no kind of letter");
        }
        blocks = List.copyOf(blocks);
    }

    /// A part of the body. Links lead to paths of this server.
    public sealed interface Block {

        record Heading(String text) implements Block {}

        record Paragraph(String text) implements Block {}

        /// What somebody else wrote, set apart.
        record Quote(String text) implements Block {}

        /// One line of a list.
        ///
        /// @param detail said beside it, empty for nothing
        record Line(String label, String path, String detail) implements Block {}

        /// What the reader is asked to do.
        record Action(String label, String path) implements Block {}

        /// Said small, at the end: why the letter was sent.
        ///
        /// @param label of where that is changed, and `path` to it; empty for nowhere
        record Small(String text, String label, String path) implements Block {}
    }

    /// To an address of the company's that is nobody's own.
    public static Letter toBox(String kind, String to, String subject) {
        return of(kind, Subjects.COMPANY, to, subject);
    }

    public static Letter of(String kind, String whose, String to, String subject) {
        return new Letter(kind, whose, to, subject, List.of(), null, null, null);
    }

    public Letter heading(String text) {
        return with(new Block.Heading(text));
    }

    public Letter paragraph(String text) {
        return with(new Block.Paragraph(text));
    }

    public Letter quote(String text) {
        return with(new Block.Quote(text));
    }

    public Letter line(String label, String path, String detail) {
        return with(new Block.Line(label, path, detail));
    }

    public Letter action(String label, String path) {
        return with(new Block.Action(label, path));
    }

    public Letter small(String text) {
        return small(text, "", "");
    }

    public Letter small(String text, String label, String path) {
        return with(new Block.Small(text, label, path));
    }

    public Letter inThread(String about) {
        return new Letter(kind, whose, to, subject, blocks, about, unsubscribe, replyTo);
    }

    public Letter endedBy(String path) {
        return new Letter(kind, whose, to, subject, blocks, thread, path, replyTo);
    }

    public Letter answeredAt(@Nullable String address) {
        return new Letter(kind, whose, to, subject, blocks, thread, unsubscribe, address);
    }

    private Letter with(Block block) {
        var more = new ArrayList<>(blocks);
        more.add(block);
        return new Letter(kind, whose, to, subject, more, thread, unsubscribe, replyTo);
    }
}
