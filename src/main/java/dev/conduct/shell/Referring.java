package dev.conduct.shell;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.jspecify.annotations.Nullable;

/// Makes links of the names in a text, and of images that are not this server's; its own are shown, each a link to the
/// whole of it.
final class Referring extends AbstractVisitor {

    private final Markdown.@Nullable References references;

    Referring(Markdown.@Nullable References references) {
        this.references = references;
    }

    /// What is a link already stays one, and shows no image.
    @Override
    public void visit(Link link) {
        var flattening = new Flattening();
        for (Node child = link.getFirstChild(), next; child != null; child = next) {
            next = child.getNext();
            child.accept(flattening);
        }
    }

    /// Leaves of an image what it says.
    private static final class Flattening extends AbstractVisitor {

        @Override
        public void visit(Image image) {
            while (image.getFirstChild() != null) {
                image.insertBefore(image.getFirstChild());
            }
            image.unlink();
        }
    }

    @Override
    public void visit(Image image) {
        var shown = references == null ? null : references.image(image.getDestination());
        var link = new Link(image.getDestination(), null);
        image.insertBefore(link);
        if (shown == null) {
            for (Node child = image.getFirstChild(); child != null; child = image.getFirstChild()) {
                link.appendChild(child);
            }
            if (link.getFirstChild() == null) {
                link.appendChild(new Text(image.getDestination()));
            }
            image.unlink();
        } else {
            image.setDestination(shown);
            image.setTitle(null);
            link.appendChild(image);
        }
    }

    @Override
    public void visit(Text text) {
        if (references == null) {
            return;
        }
        var literal = text.getLiteral();
        var names = references.names().matcher(literal);
        var done = 0;
        while (names.find()) {
            var address = references.address(names.group());
            if (address != null) {
                before(text, literal.substring(done, names.start()));
                var link = new Link(address, null);
                link.appendChild(new Text(names.group()));
                text.insertBefore(link);
                done = names.end();
            }
        }
        text.setLiteral(literal.substring(done));
    }

    private static void before(Text text, String words) {
        if (!words.isEmpty()) {
            text.insertBefore(new Text(words));
        }
    }
}
