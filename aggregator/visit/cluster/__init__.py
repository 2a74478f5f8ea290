"""Visits on other machines. A worker there holds neither database nor configuration."""
