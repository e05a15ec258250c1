from rest_framework import serializers

from visits.models import Doctor, Patient, Visit


class DoctorSerializer(serializers.ModelSerializer):
    ward_name = serializers.ReadOnlyField(source="ward.name")

    class Meta:
        model = Doctor
        fields = ["id", "name", "ward_name"]


class PatientSerializer(serializers.ModelSerializer):
    class Meta:
        model = Patient
        fields = ["id", "name", "doctor"]


class PatientDetailSerializer(PatientSerializer):
    visits = serializers.StringRelatedField(many=True)


class VisitSerializer(serializers.ModelSerializer):
    patient = PatientSerializer()
    doctor = DoctorSerializer()

    class Meta:
        model = Visit
        fields = ["id", "patient", "doctor", "notes"]
