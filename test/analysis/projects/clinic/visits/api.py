from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from visits.models import Doctor, Patient, Visit
from visits.serializers import DoctorSerializer, PatientDetailSerializer, PatientSerializer, VisitSerializer


class VisitViewSet(viewsets.ReadOnlyModelViewSet):
    serializer_class = VisitSerializer
    queryset = Visit.objects.all()

    def get_queryset(self):
        return super().get_queryset().select_related("patient", "doctor__ward")


class PatientViewSet(viewsets.ModelViewSet):
    queryset = Patient.objects.all()

    def get_serializer_class(self):
        if self.action == "retrieve":
            return PatientDetailSerializer
        return PatientSerializer


class DoctorViewSet(viewsets.ModelViewSet):
    queryset = Doctor.objects.select_related("ward")

    def get_serializer_class(self):
        if self.action in ("create", "update"):
            return PatientSerializer
        return DoctorSerializer

    @action(detail=True)
    def visits(self, request, pk=None):
        rows = Visit.objects.filter(doctor_id=pk)
        return Response(VisitSerializer(rows, many=True).data)  # finding: n-plus-one-query

    @action(detail=False)
    def busy(self, request):
        return Response(self.get_serializer(Doctor.objects.filter(patients__isnull=False), many=True).data)  # finding: n-plus-one-query
