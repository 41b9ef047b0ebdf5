package io.maeharness.core.device;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * The instances of cards that are divided (MIG). Each is a device with memory of its own, known to CUDA by its UUID; the
 * card itself computes no more.
 *
 * <p>Source: NVIDIA Multi-Instance GPU User Guide, "CUDA Device Enumeration": a process is given one instance by {@code
 * CUDA_VISIBLE_DEVICES=MIG-UUID}; before driver 570 it sees one at most, and beside it no whole card; and "Application
 * Considerations": instances exchange nothing directly.
 */
final class DividedCards {
    private static final Pattern CARD = Pattern.compile("GPU (\\d+): .*");
    private static final Pattern INSTANCE =
            Pattern.compile("\\s*MIG (\\S+)\\s+Device\\s+(\\d+): \\(UUID: (MIG-[^)]+)\\)");

    private DividedCards() {}

    /**
     * The instances of a card.
     *
     * @param listing lines of {@code nvidia-smi -L}
     * @param memory of {@link #memory}
     */
    static List<Gpu> instances(Gpu card, List<String> listing, Map<String, Double> memory) {
        List<Gpu> found = new ArrayList<>();
        boolean within = false;
        for (String line : listing) {
            Matcher header = CARD.matcher(line);
            if (header.matches()) {
                within = Integer.parseInt(header.group(1)) == card.index();
            }
            Matcher instance = INSTANCE.matcher(line);
            if (within && instance.matches()) {
                int number = Integer.parseInt(instance.group(2));
                found.add(card.instance(
                        number,
                        instance.group(1),
                        instance.group(3),
                        memory.getOrDefault(key(card.uuid(), number), 0.0)));
            }
        }
        return List.copyOf(found);
    }

    /**
     * Memory of every instance, bytes, by the UUID of its card and its number: the tool tells it in its full report alone.
     *
     * @param report lines of {@code nvidia-smi -q -x}
     */
    static Map<String, Double> memory(List<String> report) {
        Map<String, Double> memory = new LinkedHashMap<>();
        for (Element card : parsed(report).map(log -> children(log, "gpu")).orElse(List.of())) {
            for (Element devices : children(card, "mig_devices")) {
                for (Element instance : children(devices, "mig_device")) {
                    String number = text(instance, "index");
                    children(instance, "fb_memory_usage").stream()
                            .filter(usage -> number.matches("\\d{1,4}"))
                            .forEach(usage -> memory.put(
                                    key(text(card, "uuid"), Integer.parseInt(number)),
                                    Gpu.bytes(text(usage, "total"))));
                }
            }
        }
        return memory;
    }

    /** The outermost element of the report; empty where it is none, as that of a tool that failed. */
    private static Optional<Element> parsed(List<String> report) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler()); // which says nothing, unlike the one that stands there
            InputSource source =
                    new InputSource(new StringReader(String.join("\n", report).strip()));
            return Optional.of(builder.parse(source).getDocumentElement());
        } catch (SAXException | IOException | ParserConfigurationException e) {
            return Optional.empty();
        }
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> children = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && element.getTagName().equals(name)) {
                children.add(element);
            }
        }
        return children;
    }

    private static String text(Element parent, String name) {
        return children(parent, name).stream()
                .findFirst()
                .map(element -> element.getTextContent().strip())
                .orElse("");
    }

    private static String key(String uuid, int number) {
        return uuid + "/" + number;
    }
}
