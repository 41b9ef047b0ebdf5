package io.maeharness.core.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamedTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Shapes, one record each. */
    sealed interface Shape extends Named {
        @JsonCreator
        static Shape of(String key) {
            return Named.of(Shape.class, "shape", key);
        }

        /** A square. */
        record Square() implements Shape {
            @Override
            public String key() {
                return "square";
            }
        }

        /** A circle. */
        record Circle() implements Shape {
            @Override
            public String key() {
                return "circle";
            }
        }
    }

    private enum Colour implements Named {
        RED,
        NO_COLOUR {
            @Override
            public boolean forProfiles() {
                return false;
            }
        };

        @Override
        public String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private record Drawing(Shape shape, Colour colour) {}

    @Test
    void theValuesAreThoseThatTheTypePermitsInTheOrderOfTheirDeclaration() {
        assertEquals(List.of(new Shape.Square(), new Shape.Circle()), Named.all(Shape.class));
        assertEquals(List.of("square", "circle"), Named.keys(Shape.class));
    }

    @Test
    void whatIsNotForProfilesIsNotListedAmongTheNames() {
        assertEquals(List.of("red"), Named.keys(Colour.class));
        assertEquals(Colour.NO_COLOUR, Named.of(Colour.class, "colour", "no_colour"));
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        String message = assertThrows(IllegalArgumentException.class, () -> Shape.of("cube"))
                .getMessage();
        assertEquals("unknown shape 'cube'; known are square, circle", message);
    }

    @Test
    void inJsonAValueIsItsName() throws JsonProcessingException {
        String text = JSON.writeValueAsString(new Drawing(new Shape.Circle(), Colour.RED));
        assertEquals("{\"shape\":\"circle\",\"colour\":\"red\"}", text);
        assertEquals(new Drawing(new Shape.Circle(), Colour.RED), JSON.readValue(text, Drawing.class));
    }
}
