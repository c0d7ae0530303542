"""Labelled cases set against what the comparison makes of them: how often it is right, wrong or says nothing."""
