"""Painted and polished parts that every view shares. They read the theme while painting and follow it."""
