"""What happens around the seal: signed certificates, reports, reminders."""
