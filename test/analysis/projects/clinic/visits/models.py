from django.db import models


class Ward(models.Model):
    name = models.CharField(max_length=40)


class Doctor(models.Model):
    name = models.CharField(max_length=80)
    ward = models.ForeignKey(Ward, on_delete=models.PROTECT, db_index=False)


class Patient(models.Model):
    name = models.CharField(max_length=80)
    doctor = models.ForeignKey(Doctor, null=True, on_delete=models.SET_NULL, related_name="patients")


class Visit(models.Model):
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="visits")
    doctor = models.ForeignKey(Doctor, on_delete=models.PROTECT)
    notes = models.TextField(blank=True)

    def __str__(self):
        return f"{self.patient.name}, {self.pk}"
