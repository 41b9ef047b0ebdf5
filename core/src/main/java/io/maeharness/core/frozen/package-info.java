/** What is measured on frozen features: linear probing and nearest neighbours. Source: paper, A.1. */
package io.maeharness.core.frozen;
